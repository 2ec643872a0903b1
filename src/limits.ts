// Every cap against hostile input, in one place. A beam is data from outside: a count or size in it is a claim, and no claim may cost
// more memory or time than the file's own length justifies. Real files stay far below each of these.

/** Largest size in bytes that any one compressed part (LitT, Dbgi, a gzipped beam) may inflate to. OTP's own largest is 6 MB. */
export const MAX_INFLATED_BYTES = 256 * 1024 * 1024;

/** A compressed part may inflate to this many bytes whatever its own size ... */
export const INFLATE_ALLOWANCE = 16 * 1024 * 1024;

/** ... and past that to this many times its size: deflate reaches 1032, and 55 is the most in OTP and Elixir, in small parts. */
export const MAX_INFLATE_RATIO = 100;

/** Deepest nesting of terms, forms and patterns. Real terms nest a few hundred deep; the stack of Node's default holds thousands. */
export const MAX_DEPTH = 2_000;

/**
 * Deepest nesting of decoded and parsed terms. What reads terms keeps stacks of its own, since a list in abstract code nests as deep as
 * it is long; 273 is the most in OTP and Elixir. What walks terms by recursion counts up to {@link MAX_DEPTH} itself.
 */
export const MAX_TERM_DEPTH = 100_000;

/**
 * Deepest nesting of forms, where neither lists nor chains of operators count as nesting: 102 is the most in OTP. Each level takes
 * several frames of the stack in what prints or compiles forms.
 */
export const MAX_FORM_DEPTH = 400;

/** Most items of one list, map or tuple. */
export const MAX_TERM_ITEMS = 0x1ff_ffff;

/** A compressed term may have this many terms in it whatever its own size ... */
export const TERM_ALLOWANCE = 2_000_000;

/** ... and past that this many for each compressed byte: 11 is the most in OTP and Elixir, in a small part. */
export const MAX_TERMS_PER_BYTE = 50;

/** Characters in an atom, as the runtime has it. */
export const MAX_ATOM_CHARACTERS = 255;

/** Atoms kept interned at a time; the runtime's own default for its whole life is 1 048 576. Past it the table starts afresh. */
export const MAX_INTERNED_ATOMS = 1_048_576;

/** Largest integer in bytes that is decoded (the runtime's own limit is about 4 MB, from OTP 26 half of that). */
export const MAX_INTEGER_BYTES = 4 * 1024 * 1024;

/** Bits of the largest integer that is read from text: the runtime's own limit since OTP 26, which took minutes for more before. */
export const MAX_INTEGER_BITS_IN_TEXT = 4 * 1024 * 1024;

/** Bytes that the bit syntax of one text may make (`<<0:8000000>>`), beside what its characters account for. */
export const MAX_SEGMENT_BYTES = 16 * 1024 * 1024;

/** Largest arity of functions, and number of arguments and free variables together. */
export const MAX_ARITY = 255;

/** Words in a reference, as the runtime has it. */
export const MAX_REFERENCE_WORDS = 5;

/** Largest tuple that the runtime has. */
export const MAX_TUPLE_SIZE = 0xff_ffff;

/** Largest input file that is read whole, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024 * 1024;

/** Folders below an argument that a search for input enters; a deeper tree is a mistake or a trap. */
export const MAX_FOLDER_DEPTH = 64;

/** Members of one archive. All of OTP with its sources and documentation has about 30 000 files. */
export const MAX_ARCHIVE_MEMBERS = 200_000;

/** Bytes that one archive may inflate to, all members together. A release with its runtime has 100 to 300 MB. */
export const MAX_ARCHIVE_BYTES = 2 * 1024 * 1024 * 1024;

/** Largest extension header (long name, PAX records) of a tar member, in bytes. */
export const MAX_TAR_EXTENSION_BYTES = 1024 * 1024;

/** Bytes of the string table that the instructions of one module may refer to in all: each may name all of it, and OTP's own stay below 0.1 MB. */
export const MAX_STRING_BYTES = 16 * 1024 * 1024;

/**
 * Characters of one term's text and of one module's listing: a few bytes of code may name a literal of a megabyte. The longest listing of
 * OTP has 1 million.
 */
export const MAX_LISTING_CHARACTERS = 64 * 1024 * 1024;

/** Pairs that a closure may be laid out as, 8 bytes each; the closure of all calls of OTP would have a thousand million. */
export const MAX_CLOSURE_PAIRS = 32 * 1024 * 1024;

/** Bytes of expressions that are read again where others repeat them (initialisers of records, arguments in a variable) ... */
export const REREAD_ALLOWANCE = 4 * 1024 * 1024;

/** ... and past that this many times the bytes of all. In OTP it is less than the bytes of the module each time. */
export const MAX_REREAD_RATIO = 8;

/** Places of one module that refer to something without calling it: data that is used over and over counts each time. OTP's most have 3 000. */
export const MAX_REFERENCES = 1_000_000;

/** Deepest nesting of parentheses and prefix operators in a query; each level takes several calls to parse and to answer. */
export const MAX_QUERY_DEPTH = 500;

/** Pairs of functions of two builds of one module that are compared: a fun may be used in many functions. OTP's largest modules have 10 000. */
export const MAX_COMPARED_FUNCTIONS = 4_000_000;

/** Bytes of the normal form of one module's code, in which each name stands where it is used. OTP's largest has 0.5 million. */
export const MAX_NORMAL_FORM_BYTES = 64 * 1024 * 1024;

/** Nodes that the records of one function may be written out as: defaults that hold records double with each level. */
export const MAX_EXPANDED_NODES = 500_000;

/** Characters of a template, and of what it renders. Appups have a few thousand. */
export const MAX_TEMPLATE_CHARACTERS = 1024 * 1024;

/** Characters of white space in a row in a template: finding the end of a tag takes the square of them. */
export const MAX_TEMPLATE_BLANKS = 1_000;

/** Sections of a template that are rendered, each time counted anew: a list in a list in a list ... takes long without writing anything. */
export const MAX_TEMPLATE_SECTIONS = 100_000;

/** Characters that the values of variables in Erlang text come to, each use counted: values of values of values double with each line. */
export const MAX_VARIABLE_CHARACTERS = 4 * 1024 * 1024;

/** Parts of a term that is made by following code, each counted as often as it stands in it: code may double one with each instruction. */
export const MAX_PARTIAL_ITEMS = 20_000;

/** Deepest nesting of such a term. */
export const MAX_PARTIAL_DEPTH = 200;

/** Instructions that are followed for one answer of what code makes, what lists and maps take to copy counted with them. OTP's own need few thousand. */
export const MAX_FOLLOWED_INSTRUCTIONS = 100_000;

/** Deepest nesting of the calls that are followed; each level takes several frames of the stack. */
export const MAX_FOLLOWED_CALLS = 250;

/** Of these instructions, how many one call of another module may take. */
export const MAX_FOLLOWED_ELSEWHERE = 10_000;

/** Functions of other modules that are followed for one answer. */
export const MAX_FOLLOWED_FUNCTIONS = 24;

/** Entries of one direction of an appup that are checked: each is held against those before it. Those of OTP have a few dozen. */
export const MAX_CHECKED_ENTRIES = 500;

/** Bytes of one config, and of CODEOWNERS. Real ones have a few thousand. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

/** Deepest nesting of a config; the schema has 6 levels. */
export const MAX_CONFIG_DEPTH = 32;

/** Configs that one may extend, by any number of steps. */
export const MAX_EXTENDED_CONFIGS = 64;

/** Bytes of a baseline, which has about a hundred for each entry. */
export const MAX_BASELINE_BYTES = 64 * 1024 * 1024;

/** Findings of one rule: nobody reads more, and a rule that has them says something else than was meant. */
export const MAX_FINDINGS_OF_RULE = 100_000;

/** Names that are held against patterns with captures in them, for one rule; past it nobody looks whether they match anything at all. */
export const MAX_CAPTURE_TESTS = 20_000_000;
