"""What a board reads: the report as data (`twin`) and as a page."""
