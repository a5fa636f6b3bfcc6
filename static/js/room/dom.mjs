// Makes elements from values. Text always goes in as text, never as markup.

/** An element: attributes that are false, null or undefined are left out, true ones stand bare. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Fill the {name} places of a sentence. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** The address of one thing: the "0" segment of a pattern becomes its id. */
export function address(pattern, id) {
  return pattern.replace(/\/0(?=\/|$|\?)/, `/${encodeURIComponent(id)}`);
}

/** Icons from the sprite the page names. */
export function iconMaker(sprite) {
  return (name, size = "") => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", size ? `i is-${size}` : "i");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sprite}#${name}`);
    svg.append(use);
    return svg;
  };
}
