// The hashes of the files that nianbao.js loads: it is there for pages that name nianbao.js with an `integrity`.
export const hashes = HASHES;
