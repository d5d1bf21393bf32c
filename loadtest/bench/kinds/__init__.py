"""
How a scenario is carried out: one module each, with `run(setting, scenario, chosen)` giving the
rows of its result, and `render(result)` the Markdown that shows them.
"""
