"""The benchmark: ours against a bare Flask-SocketIO server, over real WebSockets. Run with `make bench`."""
