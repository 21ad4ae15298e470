"""Generated code: a plan as one Python function that does what the interpreter does where nothing is wrong."""

from core.mapping.generate.direction import Outcome, Runner

__all__ = ["Outcome", "Runner"]
