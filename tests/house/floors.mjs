// The floors of src/, top to bottom: an include may only point down (ARCHITECTURE.md).
export const floors = [
  ['main', 'cases'],
  ['demo'],
  ['portal', 'imports', 'messaging'],
  ['collections', 'disputes', 'credit', 'cash', 'forecast'],
  ['measures'],
  ['correspondence'],
  ['receivables'],
  ['parties'],
  ['access'],
  ['http', 'jobs', 'formats'],
  ['store', 'net', 'crypto', 'locale'],
  ['base'],
];

// Rooms of one floor that may include each other, each with its reason.
export const neighbours = [];

// Each outside library is known to one room only (main included, where it is named).
export const wrapped = [
  { library: /^(sqlite3\.h|libpq-fe\.h|libpq\/|postgres_ext\.h)/, rooms: ['store'] },
  { library: /^boost\/(beast|asio)/, rooms: ['http'] },
  { library: /^(zip\.h|zipconf\.h|expat\.h|zlib\.h|pugixml|cairo|pango|qpdf|gmime\/|kainjow\/|qrencode)/, rooms: ['formats'] },
  { library: /^(sodium|openssl\/)/, rooms: ['crypto'] },
  { library: /^curl\//, rooms: ['net'] },
  { library: /^CLI\//, rooms: ['main'] },
];

export const floor_of = (room) => floors.findIndex((floor) => floor.includes(room));
