"""One run on its way: claimed by a worker, solved, kept, shown again and checked."""
