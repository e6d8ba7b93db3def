#!/usr/bin/env python3
"""Finds the shapes of coroutines that g++ 12 miscompiles (double free, use after free), or that dangle with every compiler.

In a full expression with a co_await in it:
  lambda       a lambda, whatever it captures
  braces       a braced temporary
  ternary      a conditional operator
and anywhere:
  captures     a lambda with captures that is itself a coroutine: they die with the lambda, while the coroutine goes on
  macro        a co_await or a lambda in a #define: what surrounds it where the macro is used cannot be seen

coroutine_shapes.py FILE|FOLDER…        names each place as file:line: shape, and exits 1 if there is one
coroutine_shapes.py --self-test FOLDER  in the samples there, finds exactly the lines that say "// bad: SHAPE"
"""

import pathlib
import re
import sys
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""
      (?P<comment>//(?:[^\\\n]|\\.|\\\n)*|/\*.*?\*/)
    | (?P<directive>^[ \t]*\#(?:[^\\\n]|\\.|\\\n)*)
    | (?P<raw>(?:u8|[uUL])?R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)")
    | (?P<text>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"|(?:u8|[uUL])?'(?:[^'\\\n]|\\.)*')
    | (?P<word>\d(?:'?[\w.])*|\w+)
    | (?P<mark>->|::|\[\[|\]\]|\S)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
DEFINITION = re.compile(r"(?P<head>[ \t]*\#(?:[ \t]|\\\n)*define(?:[ \t]|\\\n)+\w+(?:\([^)]*\))?)(?P<replacement>.*)", re.DOTALL)
CLOSING = {"(": ")", "[": "]", "{": "}", "[[": "]]"}
CONTROLS = {"if", "for", "while", "switch", "catch"}
COROUTINE_WORDS = {"co_await", "co_return", "co_yield"}
# Words behind which an expression begins, so that [ there is no subscript.
BEFORE_EXPRESSION = COROUTINE_WORDS | set("return throw else do case and or not xor bitand bitor compl and_eq or_eq not_eq xor_eq".split())
# A brace after one of these opens a block, whatever came before.
BEFORE_BLOCK = {";", ":", "else", "do", "try", "const", "noexcept", "override", "final", "mutable", "&", "&&"}
NAMES_A_SCOPE = {"namespace", "class", "struct", "union", "enum", "extern", "concept"}


@dataclass
class Node:
    """A token, or a bracketed group: then `text` is the opening bracket, and `kind` says what the group is."""

    text: str
    line: int
    kind: str = "token"
    children: list["Node"] = field(default_factory=list)

    def is_group(self, bracket):
        return self.kind != "token" and self.text == bracket


def tokens_of(source, line=1):
    """The tokens of a source, as (text, line), without comments and directives."""
    position = 0
    previous = ""
    for match in TOKEN.finditer(source):
        line += source.count("\n", position, match.start())
        position = match.start()
        if match.lastgroup in ("comment", "directive"):
            continue
        is_text = match["text"] is not None or match["raw"] is not None
        text = '""' if is_text else match.group()
        if text == "co_await" and previous == "operator":
            text = "operator_name"  # names the operator, awaits nothing
        previous = text
        yield (text, line)


def tree_of(tokens):
    """Nests the tokens by their brackets. `[[` is an attribute unless it would be the start of a subscripted lambda, which nobody writes."""
    root = Node("", 0, "block")
    open_groups = [root]
    for text, line in tokens:
        if text in CLOSING:
            group = Node(text, line, "group")
            open_groups[-1].children.append(group)
            open_groups.append(group)
        elif text in CLOSING.values():
            if text == "]]" and open_groups[-1].text == "[":  # a[b[0]]: two groups end here
                open_groups.pop()
            if len(open_groups) > 1:
                open_groups.pop()
        else:
            open_groups[-1].children.append(Node(text, line))
    return root


def is_subscript(siblings, i):
    """Whether the group [ ] at i stands behind an operand. Behind ( ) it may as well begin an expression: if (…) […]."""
    if i == 0:
        return False
    before = siblings[i - 1]
    if before.kind != "token":
        return before.kind != "block" and before.text not in ("(", "[[")
    return re.fullmatch(r'\w+|""|\]', before.text) is not None and before.text not in BEFORE_EXPRESSION


def lambda_body(siblings, i):
    """Where the body is of the lambda that the group [ ] at i introduces; None if it introduces none."""
    if not siblings[i].is_group("[") or is_subscript(siblings, i):
        return None
    angles = 0  # commas and braces within < > belong to a type
    for j in range(i + 1, len(siblings)):
        node = siblings[j]
        if node.kind != "token":
            if node.text == "{" and angles == 0:
                return j
        elif node.text == "<":
            angles += 1
        elif node.text == ">":
            angles -= 1
        elif node.text in ("=", ";", "?") or (node.text in (",", ":") and angles == 0):
            return None
    return None


def statement_start(siblings, i):
    while i > 0 and siblings[i - 1].kind != "block" and siblings[i - 1].text != ";":
        i -= 1
    return i


def brace_kind(siblings, i):
    """What the { } at i is, if no lambda's body: a "block" of statements or declarations, or the "braces" of an initialiser."""
    if i == 0 or siblings[i - 1].kind == "block":
        return "block"
    before = siblings[i - 1]
    if before.is_group("("):
        return "block"
    if before.text in BEFORE_BLOCK:
        return "block"
    words = [node.text for node in siblings[statement_start(siblings, i) : i]]
    if words and words[0] == "template":
        words = [word for word in words if word in NAMES_A_SCOPE or word == "="]
    if words and words[0] in NAMES_A_SCOPE | {"typedef", "inline"} and "=" not in words:
        return "block" if set(words) & NAMES_A_SCOPE else "braces"
    if "->" in words:  # a function with its result's type at the end, unless the arrow is a member access
        arrow = len(words) - 1 - words[::-1].index("->")
        siblings_before = siblings[statement_start(siblings, i) : i]
        if arrow > 0 and siblings_before[arrow - 1].is_group("(") and "=" not in words and "return" not in words:
            return "block"
    return "braces"


def classify(group):
    """Tells, from the outside in, what each pair of braces is, and which [ ] begins a lambda."""
    siblings = group.children
    in_initialiser = group.kind in ("group", "braces") and group.text != ""
    for i, node in enumerate(siblings):
        if node.is_group("["):
            body = lambda_body(siblings, i)
            if body is not None:
                node.kind = "lambda"
                siblings[body].kind = "body"
        elif node.is_group("{") and node.kind != "body":
            node.kind = "braces" if in_initialiser else brace_kind(siblings, i)
    for node in siblings:
        if node.kind != "token":
            classify(node)


def expression_nodes(nodes):
    """The nodes of a full expression, those in brackets too, but not those of the bodies of its lambdas."""
    for node in nodes:
        yield node
        if node.kind in ("group", "lambda", "braces"):
            yield from expression_nodes(node.children)


def full_expressions(block):
    """The full expressions of a block: what stands between its semicolons and inner blocks. The head of an `if` or a `for` is split alike."""
    expression = []
    for node in block.children:
        if node.is_group("(") and expression and expression[-1].text in CONTROLS | {"constexpr"}:
            yield from full_expressions(Node("", node.line, "block", node.children))
        elif node.kind == "block" or node.text == ";":
            yield expression
            expression = []
        else:
            expression.append(node)
    yield expression


def shapes_in(expression):
    nodes = list(expression_nodes(expression))
    if not any(node.kind == "token" and node.text == "co_await" for node in nodes):
        return
    for node in nodes:
        if node.kind == "lambda":
            yield node.line, "lambda"
        elif node.kind == "braces":
            yield node.line, "braces"
        elif node.kind == "token" and node.text == "?":
            yield node.line, "ternary"


def is_coroutine(body):
    """Whether a function's body has a coroutine word of its own, not one of a lambda within."""
    return any(
        (node.kind == "token" and node.text in COROUTINE_WORDS) or (node.kind not in ("token", "body") and is_coroutine(node))
        for node in body.children
    )


def shapes_below(group):
    if group.kind in ("block", "body"):
        for expression in full_expressions(group):
            yield from shapes_in(expression)
    introducer = None
    for node in group.children:
        if node.kind == "lambda":
            introducer = node
        elif node.kind == "body" and introducer is not None and introducer.children and is_coroutine(node):
            yield introducer.line, "captures"
        if node.kind != "token":
            yield from shapes_below(node)


def below(group):
    for node in group.children:
        yield node
        yield from below(node)


def captures_all(introducer):
    """Whether this can be nothing but the beginning of a lambda, even if no body is in sight: [=], [&, …], [this]."""
    texts = [node.text for node in introducer.children]
    return texts[:1] == ["="] or texts[:2] in (["&"], ["&", ","]) or texts == ["this"]


def shapes_in_macros(source):
    line = 1
    position = 0
    for match in TOKEN.finditer(source):
        line += source.count("\n", position, match.start())
        position = match.start()
        definition = match["directive"] and DEFINITION.match(match["directive"])
        if not definition:
            continue
        replacement = definition["replacement"].replace("\\\n", " \n")
        root = tree_of(tokens_of(replacement, line + definition["head"].count("\n")))
        classify(root)
        for node in below(root):
            if node.text == "co_await" or node.kind == "lambda" or (node.is_group("[") and captures_all(node)):
                yield node.line, "macro"


def shapes_of(source):
    """The dangerous places of a source, as sorted (line, shape)."""
    root = tree_of(tokens_of(source))
    classify(root)
    return sorted(set(shapes_below(root)) | set(shapes_in_macros(source)))


def sources_of(arguments):
    for argument in map(pathlib.Path, arguments):
        if argument.is_dir():
            yield from sorted(path for path in argument.rglob("*") if path.suffix in (".h", ".cpp") and "data" not in path.parts)
        elif argument.is_file():
            yield argument
        else:
            sys.exit(f"coroutine_shapes: there is no {argument}")


def check(arguments):
    count = 0
    found = False
    for path in sources_of(arguments):
        count += 1
        for line, shape in shapes_of(path.read_text(encoding="utf-8")):
            found = True
            print(f"{path}:{line}: {shape} in or around a co_await: name it in a statement of its own first")
    print(f"{count} sources looked through")
    return 1 if found or count == 0 else 0


def self_test(folder):
    failed = False
    samples = sorted(pathlib.Path(folder).glob("*.cpp"))
    for path in samples:
        source = path.read_text(encoding="utf-8")
        expected = {
            (number, shape)
            for number, line in enumerate(source.splitlines(), 1)
            for shape in re.findall(r"\w+", (line.split("// bad:") + [""])[1])
        }
        actual = set(shapes_of(source))
        for line, shape in sorted(expected - actual):
            print(f"{path}:{line}: {shape} was missed")
        for line, shape in sorted(actual - expected):
            print(f"{path}:{line}: {shape} is a false alarm")
        failed = failed or expected != actual
    print(f"{len(samples)} samples compared")
    return 1 if failed or not samples else 0


def main(arguments):
    if arguments[:1] == ["--self-test"] and len(arguments) == 2:
        return self_test(arguments[1])
    if not arguments or arguments[0].startswith("-"):
        sys.exit(__doc__)
    return check(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
