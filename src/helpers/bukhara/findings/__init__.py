"""The findings of the chapters, one module a chapter and one function a sentence."""
