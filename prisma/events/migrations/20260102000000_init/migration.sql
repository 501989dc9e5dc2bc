-- Trigram search of the public list; a trusted extension, so the owner of the database may add it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "EventStatus" AS ENUM ('DRAFT', 'PUBLISHED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('PUBLIC', 'UNLISTED', 'PRIVATE');

-- CreateEnum
CREATE TYPE "Admission" AS ENUM ('INVITATION', 'TICKETS', 'OPEN');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('CO_HOST', 'CHECK_IN', 'MODERATOR');

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "organizer_id" UUID NOT NULL,
    "parent_id" UUID,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "status" "EventStatus" NOT NULL DEFAULT 'DRAFT',
    "visibility" "Visibility" NOT NULL,
    "admission" "Admission" NOT NULL,
    "capacity" INTEGER,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "venue_name" TEXT,
    "venue_address" TEXT,
    "venue_city" TEXT,
    "venue_latitude" DOUBLE PRECISION,
    "venue_longitude" DOUBLE PRECISION,
    "search_text" TEXT NOT NULL,
    "city_key" TEXT,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "event_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "StaffRole" NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("event_id","user_id")
);

-- CreateIndex
CREATE INDEX "event_public_list" ON "event"("status", "visibility", "starts_at", "id");

-- CreateIndex
CREATE INDEX "event_of_organizer" ON "event"("organizer_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "event_sessions" ON "event"("parent_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "event_search" ON "event" USING GIN ("search_text" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma does not know: the rules that hold whoever writes.
ALTER TABLE "event"
  ADD CONSTRAINT "event_title_filled" CHECK (title <> ''),
  ADD CONSTRAINT "event_ends_after_start" CHECK (ends_at > starts_at),
  ADD CONSTRAINT "event_capacity_positive" CHECK (capacity > 0),
  ADD CONSTRAINT "event_not_its_own_parent" CHECK (parent_id <> id),
  ADD CONSTRAINT "event_latitude" CHECK (venue_latitude BETWEEN -90 AND 90),
  ADD CONSTRAINT "event_longitude" CHECK (venue_longitude BETWEEN -180 AND 180),
  ADD CONSTRAINT "event_version_counts_up" CHECK (version >= 0);
