"""Where the work of a study is done: one interface, that of `concurrent.futures`, a file each."""
