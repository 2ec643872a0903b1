// stub
import type { FunctionForm } from '../forms/form-model.js';
import type { CompileContext } from './tables.js';

export function expandFunction(form: FunctionForm, _context: CompileContext): FunctionForm {
  return form;
}
