"""Between lists of people and the database: reading, keeping and writing what they say."""
