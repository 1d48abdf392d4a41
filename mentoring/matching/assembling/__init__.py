"""From the database to the engine's arrays, in as many queries for 10,000 people as for two."""
