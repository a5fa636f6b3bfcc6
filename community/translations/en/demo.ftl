# Shown on the sign-in pages of a demo only.
demo-admin = Admin: reviews places and calls them
demo-moderator-board = Moderator: cases and places
demo-moderator-full = Moderator: cases and breaks
demo-provider = Service: posts places
demo-worker = Program worker: makes codes
demo-youth = Youth
