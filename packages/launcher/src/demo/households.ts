/** Invented people: first names and family names drawn apart, by a fixed seed. */
const firstNames = [
  'Aarav',
  'Aditi',
  'Ananya',
  'Arjun',
  'Bhavana',
  'Charan',
  'Deepika',
  'Divya',
  'Eshwar',
  'Gautham',
  'Harika',
  'Ishaan',
  'Jahnavi',
  'Karthik',
  'Keerthi',
  'Lakshmi',
  'Madhuri',
  'Manoj',
  'Meghana',
  'Mohan',
  'Nandini',
  'Naveen',
  'Nikhil',
  'Padma',
  'Pranav',
  'Rahul',
  'Ramya',
  'Ravi',
  'Rohit',
  'Sahithi',
  'Sandeep',
  'Sindhu',
  'Sneha',
  'Srinivas',
  'Sushma',
  'Tarun',
  'Uma',
  'Varun',
  'Vasudha',
  'Vikram',
] as const;

const familyNames = [
  'Akula',
  'Bandaru',
  'Chavali',
  'Dasari',
  'Eluri',
  'Gadde',
  'Gollapudi',
  'Kolluri',
  'Kommineni',
  'Maddali',
  'Nallamothu',
  'Pasupuleti',
  'Ponnala',
  'Rachakonda',
  'Tadepalli',
  'Vemuri',
  'Yalamanchili',
] as const;

export interface Household {
  readonly name: string;
  readonly email: string;
  readonly plusOnesAllowed: number;
  readonly household: readonly string[];
}

/** Households of one to five until `people` are named, the same at every start. */
export function inventHouseholds(people: number): Household[] {
  const next = sequence(20270214);
  const pick = <T>(from: readonly T[]): T => from[next() % from.length] as T;
  const households: Household[] = [];
  for (let named = 0; named < people; ) {
    const size = Math.min(people - named, 1 + (next() % 5));
    const family = pick(familyNames);
    const [host = 'Guest', ...others] = Array.from({ length: size }, () => pick(firstNames));
    households.push({
      name: `${host} ${family}`,
      email: `${host}.${family}.${households.length + 1}@guests.example`.toLowerCase(),
      plusOnesAllowed: next() % 3 === 0 ? 1 : 0,
      household: others.map((name) => `${name} ${family}`),
    });
    named += size;
  }
  return households;
}

/** A linear congruential generator (Numerical Recipes' constants): no chance, only variety. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
