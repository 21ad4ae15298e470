"""The specification: every scenario of every feature."""

from pytest_bdd import scenarios

scenarios(".")
