"""Generated code: a plan as one function that does what the interpreter does where nothing is wrong."""

from core.mapping.generate.direction import Outcome, Runner
from core.mapping.generate.question import Question

__all__ = ["Outcome", "Question", "Runner"]
