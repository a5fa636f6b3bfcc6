// Phone numbers in a sentence, so that they can be tapped (the same ones as templates/rooms/_dial.html).

const NUMBERS = /(1-800-786-2929|1-800-843-5678|988)/;

/** Cut a sentence into pieces {text, tel}; `tel` is null for words and the number to dial otherwise. */
export function dialled(sentence) {
  return sentence
    .split(NUMBERS)
    .filter(Boolean)
    .map((text) => ({ text, tel: NUMBERS.test(text) ? text.replaceAll("-", "") : null }));
}
