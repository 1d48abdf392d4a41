"""Reading a list of people and comparing it with the people that an organization has.

Plain Python: nothing here knows the database, requests or workers.
"""
