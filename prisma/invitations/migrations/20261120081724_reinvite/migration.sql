-- DropIndex
DROP INDEX "guest_once_an_event";

-- AlterTable
ALTER TABLE "guest" ADD COLUMN     "held_email" TEXT;

-- Addresses of invitations that stand are held; those of revoked ones are free to be invited anew.
UPDATE "guest" SET "held_email" = "guest"."email"
  FROM "invitation"
  WHERE "invitation"."id" = "guest"."invitation_id" AND "invitation"."status" <> 'REVOKED';

ALTER TABLE "guest" ADD CONSTRAINT "guest_held_email_is_its_own" CHECK (held_email = email);

-- CreateIndex
CREATE UNIQUE INDEX "guest_once_an_event" ON "guest"("event_id", "held_email");
