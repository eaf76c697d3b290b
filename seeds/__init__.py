"""Starter sources and sample articles: demo data, fixtures and gold corpus in one."""
