"""The model: pure rules, one file a subject. They run as plain Python and as compiled code."""
