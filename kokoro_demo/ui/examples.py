"""Example texts. Each tries something that voices do well or badly."""

EXAMPLES = {
    "A greeting": "Hello! I'm Kokoro. Type something, and I'll say it for you.",
    "A story": (
        "The lighthouse had been dark for eleven years when Mara first rowed out to it. She carried a lamp, a loaf "
        "of bread, and a letter that nobody had opened. By the time the tide turned, the whole village could see a "
        "light on the rock, and no one could say who had lit it."
    ),
    "A question": "Wait, are you sure? Because if you are, we should leave now; if you aren't, let's have some tea!",
    "A dialogue": "Emma: Did you hear that?\nTom: Hear what?\nEmma: Nothing. That's the trouble. It's far too quiet.",
    "A tongue twister": "She sells seashells by the seashore, and the shells she sells are seashells, I'm sure.",
}
# The text of a fresh page, so that one click is enough to hear a voice.
FIRST_TEXT = EXAMPLES["A greeting"]
