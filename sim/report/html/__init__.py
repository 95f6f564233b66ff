"""report.html: one page that holds a whole study and opens from disk, without a network."""

from sim.report.html.page import page, write_report

__all__ = ["page", "write_report"]
