"""What `make bench` runs: each bench prints one JSON object of figures with the counts they rest on."""
