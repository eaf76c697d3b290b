"""Where articles come from: the only code that touches the network, and what it makes of the answers.

`guard` says which addresses may be dialled, `robots` and `hosts` what sites ask for and when it is whose turn, `web`
fetches; `feeds`, `page_links`, `discover` and `opml` read what came. These do no I/O; hostile bytes can keep them busy,
so the runners call them in a process that can be killed.
"""
