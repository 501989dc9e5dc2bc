import type { QueryPlan } from '@apollo/query-planner';
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { PlanName } from './plan-names.ts';
import type { ProtectedField } from './protected-fields.ts';

/** One operation, ready to be executed any number of times: parsed, validated, planned. */
export interface PlannedOperation {
  readonly kind: OperationTypeNode;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly schema: GraphQLSchema;
  readonly plan: QueryPlan;
  readonly planName: PlanName;
  readonly protectedFields: readonly ProtectedField[];
}
