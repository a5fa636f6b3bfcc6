"""The edges: HTTP and sockets. Requests become commands and actors here; errors become pages and acks."""
