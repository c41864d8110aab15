"""Tests of the harness, with the standard library alone: ``python -m unittest discover -s lab/tests -t .``"""
