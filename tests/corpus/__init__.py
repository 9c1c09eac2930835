"""Pages that nobody wrote for us, and the demo's, each with a small policy: what a visit to any of them must hold."""

from tests.corpus.pages import CorpusPage, corpus
from tests.corpus.site import answer_elsewhere, lay_out

__all__ = ["CorpusPage", "answer_elsewhere", "corpus", "lay_out"]
