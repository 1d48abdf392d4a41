"""Tables as files: text with commas and workbooks, row by row and the same bytes each time."""
