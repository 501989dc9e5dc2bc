const oldest = [20, 19];

/** One line that says why this Node cannot run the project; undefined when it can. */
export function nodeRefusal(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `EventXperts needs Node ${oldest.join('.')} or later; this is Node ${version}.`;
}
