// What the page and the worker of an offline file say to each other.

/** How a refusal begins that names a program which the file does not carry. */
export const NOT_CARRIED = "not carried: ";
