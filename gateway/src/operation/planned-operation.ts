import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { PlanFor } from './plan-variants.ts';
import type { ProtectedField } from './protected-fields.ts';

/** One operation, ready to be executed any number of times: parsed, validated, planned. */
export interface PlannedOperation {
  readonly kind: OperationTypeNode;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly schema: GraphQLSchema;
  readonly planFor: PlanFor;
  readonly protectedFields: readonly ProtectedField[];
}
