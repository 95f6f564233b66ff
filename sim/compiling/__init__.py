"""How numba is made to compile the rules: once, quickly, and never from an older edit."""
