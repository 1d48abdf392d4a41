"""Taking snapshots: how things stood at the end of a day, told by what people did until then."""
