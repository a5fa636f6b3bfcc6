"""The pure heart: text in, verdict out. Python standard library only; `now` and rules come as arguments."""
