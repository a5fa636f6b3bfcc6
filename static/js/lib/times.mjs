// Moments as people read them, in the page's language and the community's time zone.

/** "6:02 pm" or "6 pm", the same in English and Spanish, as community/times.py says it. `at` is ISO 8601. */
export function clock(at, lang, zone) {
  const parts = formatter(lang, zone, { hour: "numeric", minute: "2-digit", hourCycle: "h12" }).formatToParts(date(at));
  const get = (type) => parts.find((part) => part.type === type)?.value ?? "";
  const half = /p/i.test(get("dayPeriod")) ? "pm" : "am";
  const minute = get("minute") === "00" ? "" : `:${get("minute")}`;
  return `${Number(get("hour"))}${minute} ${half}`;
}

/** "2026-11-24": which day a moment belongs to. */
export function dayKey(at, zone) {
  const parts = formatter("en", zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date(at));
  const get = (type) => parts.find((part) => part.type === type).value;
  return `${get("year")}-${get("month")}-${get("day")}`;
}

/** "Tuesday, November 24" or "Martes, 24 de noviembre". */
export function dayInFull(at, lang, zone) {
  const text = formatter(lang, zone, { weekday: "long", month: "long", day: "numeric" }).format(date(at));
  return text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
}

/** "Today", "Yesterday", or the day in full. */
export function dayLabel(at, now, { lang, zone, today, yesterday }) {
  const key = dayKey(at, zone);
  if (key === dayKey(now, zone)) return today;
  const dayBefore = new Date(`${dayKey(now, zone)}T12:00:00Z`);
  dayBefore.setUTCDate(dayBefore.getUTCDate() - 1);
  if (key === dayBefore.toISOString().slice(0, 10)) return yesterday;
  return dayInFull(at, lang, zone);
}

const formatters = new Map();

function formatter(lang, zone, options) {
  const key = JSON.stringify([lang, zone, options]);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(lang, { ...options, timeZone: zone }));
  return formatters.get(key);
}

function date(at) {
  return at instanceof Date ? at : new Date(at);
}
