"""Examples: which blocks of a document are run, and what is kept of them."""

import contextlib
import hashlib
import io
import json
import tempfile
import unittest
from pathlib import Path

from lab import environments
from lab.examples import find, is_run, run_all

PAGE = """# Celery

```python run
print("first")
```

````markdown
```python run
print("only shown")
```
````

```python title="run"
print("not marked")
```

~~~py title="b.py" {1} run
raise SystemExit("second fails")
~~~
"""


class Find(unittest.TestCase):
    def test_marked_blocks_are_found_with_their_lines(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "celery.md")
            page.write_text(PAGE)
            found = find(Path(folder))
        self.assertEqual([(example.line, example.code) for example in found], [
            (3, 'print("first")\n'),
            (17, 'raise SystemExit("second fails")\n'),
        ])  # fmt: skip
        self.assertEqual({example.lock for example in found}, {"celery"})

    def test_the_mark_is_a_word_of_its_own(self):
        self.assertTrue(is_run('python title="a.py" {2} run'))
        for info in ("python", "sh run", "python runs", 'python title="run it"', "run python", ""):
            self.assertFalse(is_run(info), info)


@unittest.skipUnless(
    (environments.ENVIRONMENTS / "celery" / environments.MADE).is_file(), "the environment is not installed"
)
class Run(unittest.TestCase):
    def test_what_was_printed_is_kept_and_a_failure_named(self):
        with tempfile.TemporaryDirectory() as made, contextlib.redirect_stdout(io.StringIO()):
            content = Path(made)
            (content / "queues").mkdir()
            (content / "queues" / "celery.md").write_text(PAGE)
            failures = list(run_all(content))
            kept = json.loads((content / "queues" / "data" / "examples.json").read_text())
        self.assertEqual(failures, ["queues/celery.md:17: second fails"])
        (run,) = kept["queues/celery.md"]
        self.assertEqual((run["line"], run["stdout"]), (3, "first\n"))
        self.assertEqual(run["sha256"], hashlib.sha256(b'print("first")\n').hexdigest())


if __name__ == "__main__":
    unittest.main()
