"""A study: a frozen design, its runs and what was learnt from them."""
