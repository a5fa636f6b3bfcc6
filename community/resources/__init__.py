"""The resource board: what providers post, how it is checked, and how anyone finds it."""
