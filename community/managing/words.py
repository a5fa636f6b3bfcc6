"""One-time passphrases: plain words that are easy to read aloud and to type, none like another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

COUNT = 5  # of 256 words: 40 bits, for a passphrase that lives three days behind a counted sign-in and a second factor

WORDS = tuple(
    """
    acorn album almond amber anchor apple apron arrow atlas autumn badge bagel bakery bamboo banjo barley basket beach
    beaver bench berry bike birch biscuit blanket blue boat bonus book bottle branch bread breeze brick bridge bronze
    broom brush bubble bucket button cabin cactus camera candle canoe canvas canyon carpet carrot castle cedar ceiling
    chalk cheese cherry chess circle city clay clock cloud clover coast cobalt cocoa comet copper coral corner cotton
    cousin cradle crayon cream cricket crown crystal cup curtain daisy dance desert diamond dinner dolphin donkey door
    dragon drawer drum eagle earth echo elbow engine evening falcon farm feather fern fiddle field finch finger flag
    flour flower flute forest fountain fox frame frost garage garden garlic gate ginger globe glove goat gold grape
    grass green guitar hammer harbor harvest hazel helmet heron hill honey horse hotel house igloo indigo island ivory
    jacket jade jar jelly jigsaw juice jungle kettle key kitchen kite koala ladder lake lamp lantern laptop lark lava
    leaf lemon letter lilac lime lion lobster lotus magnet mango maple marble market meadow melon mirror moon morning
    moss motor mountain museum music napkin needle nest noodle north notebook oasis ocean olive onion orange orbit
    orchid otter oven owl paddle paint palace panda paper parade park parrot pasta peach pear pebble pencil pepper
    piano picnic pillow pine pink pixel planet plum pocket poem pond potato puffin pumpkin puzzle quartz quilt rabbit
    radio rain raven ribbon rice river robin rocket saddle sailor salad sandal scarf seed shell ship silver sketch snow
    soap sofa spoon spring star
    """.split()
)


def passphrase(choose: Callable[[Sequence[str]], str]) -> str:
    """Five words; `choose` picks one of a sequence (`secrets.choice` in use)."""
    return " ".join(choose(WORDS) for _ in range(COUNT))
