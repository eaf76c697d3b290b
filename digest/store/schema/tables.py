"""What all tables share: the collection that they belong to, and how they point to each other."""

from sqlalchemy import Column, ForeignKey, MetaData

from digest.store.columns import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def reference(name: str, target: str) -> Column[int]:
    """Return a column that is never empty and goes with the row that it points to."""
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE"), nullable=False)
