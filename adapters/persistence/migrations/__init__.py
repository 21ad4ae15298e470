"""The steps of the schema: each has `up(database)`, is applied once, and never changes afterwards."""
