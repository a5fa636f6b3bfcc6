"""Members, staff and providers: how they join, sign in, are verified, and on which devices they are signed in."""
