-- CreateEnum
CREATE TYPE "InvitationStatus" AS ENUM ('DRAFT', 'SENT', 'OPENED', 'ANSWERED', 'REVOKED');

-- CreateEnum
CREATE TYPE "RsvpResponse" AS ENUM ('YES', 'NO', 'MAYBE');

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "status" "InvitationStatus" NOT NULL DEFAULT 'DRAFT',
    "plus_ones_allowed" INTEGER NOT NULL,
    "rotation" INTEGER NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guest" (
    "id" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,

    CONSTRAINT "guest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rsvp" (
    "id" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "response" "RsvpResponse" NOT NULL,
    "headcount" INTEGER NOT NULL,
    "note" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rsvp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rsvp_summary" (
    "event_id" UUID NOT NULL,
    "invited" INTEGER NOT NULL DEFAULT 0,
    "yes" INTEGER NOT NULL DEFAULT 0,
    "no" INTEGER NOT NULL DEFAULT 0,
    "maybe" INTEGER NOT NULL DEFAULT 0,
    "headcount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "rsvp_summary_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE INDEX "invitation_of_event" ON "invitation"("event_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "guest_position" ON "guest"("invitation_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "guest_once_an_event" ON "guest"("event_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "rsvp_of_invitation" ON "rsvp"("invitation_id");

-- CreateIndex
CREATE INDEX "rsvp_of_event" ON "rsvp"("event_id", "id");

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rsvp" ADD CONSTRAINT "rsvp_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma does not know: the rules that hold whoever writes.
ALTER TABLE "invitation"
  ADD CONSTRAINT "invitation_plus_ones" CHECK (plus_ones_allowed BETWEEN 0 AND 20),
  ADD CONSTRAINT "invitation_rotation_counts_up" CHECK (rotation >= 0),
  ADD CONSTRAINT "invitation_version_counts_up" CHECK (version >= 0);

ALTER TABLE "guest"
  ADD CONSTRAINT "guest_position_counts_up" CHECK (position >= 0),
  ADD CONSTRAINT "guest_name_filled" CHECK (name <> ''),
  -- A line break in an address would forge a header of the mail.
  ADD CONSTRAINT "guest_email_plain" CHECK (email !~ '[[:cntrl:][:space:]]' AND email = lower(email));

ALTER TABLE "rsvp"
  ADD CONSTRAINT "rsvp_headcount" CHECK (
    CASE response WHEN 'YES' THEN headcount >= 1 WHEN 'NO' THEN headcount = 0 ELSE headcount >= 0 END
  );

-- A summary that contradicts itself would mean that an answer was counted twice or never.
ALTER TABLE "rsvp_summary"
  ADD CONSTRAINT "rsvp_summary_not_negative" CHECK (yes >= 0 AND no >= 0 AND maybe >= 0),
  ADD CONSTRAINT "rsvp_summary_adds_up" CHECK (yes + no + maybe <= invited),
  ADD CONSTRAINT "rsvp_summary_headcount" CHECK (headcount >= yes);
