"""The book's figures: one module a chapter, one function a figure, `Campaign` in, plotly `Figure` out."""
