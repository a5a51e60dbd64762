import type { z } from 'zod';
import type { JsonObject } from '../../../core/json/json.ts';
import { foldCase } from '../../../core/schema/fold-case.ts';

/** The object with its fields as the schema spells them: Tekton reads `resourceTemplates` as `resourcetemplates`, and many write it so. */
export const inSpelling = (schema: z.ZodType, object: JsonObject): JsonObject => foldCase(schema, object) as JsonObject;
