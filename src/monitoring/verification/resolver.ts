import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../context.js';
import { available, readSection, unavailable } from '../diagnosis/section.js';
import { Monitoring } from '../type.js';
import { findVerification } from './repository.js';
import { Verification } from './type.js';

@Resolver(() => Monitoring)
export class VerificationResolver {
  @FieldResolver(() => Verification, { description: 'The last verification of the views.' })
  verification(@Ctx() { monitoringReader }: MonitoringContext): Promise<Verification> {
    return readSection(async () => {
      const last = await findVerification(monitoringReader);
      return last
        ? available(last)
        : unavailable(
            'A first verification: by VERIFY_SCHEDULE, or by the command `mycelix-analytics verify`.',
          );
    });
  }
}
