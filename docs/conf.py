"""The documentation site: `python -m sphinx docs site`."""

project = "Casus"
author = "The Casus contributors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["README.md"]
html_theme = "furo"
html_title = "Casus"
html_copy_source = False
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
copybutton_prompt_text = "$ "
autodoc_member_order = "bysource"
autodoc_typehints = "description"
