"""Questions to single runs: every run of every study is made again from the study's folder.

Run N is row N of the runs table: N = (replicate − first replicate) · points + point, from 0.
"""
