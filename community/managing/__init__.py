"""What whoever runs the house does from the command line: agencies, rooms, staff, organisations, providers, endings."""
