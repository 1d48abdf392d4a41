"""The tables that exports are made of, one module for each."""
