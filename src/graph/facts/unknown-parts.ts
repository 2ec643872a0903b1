// What stands for a part of a call that is only known at run time, as xref names them.

export const ANY_MODULE = '$M_EXPR';
export const ANY_FUNCTION = '$F_EXPR';
