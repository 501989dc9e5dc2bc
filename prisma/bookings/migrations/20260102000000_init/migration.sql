-- CreateEnum
CREATE TYPE "BookingStatus" AS ENUM ('HELD', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'EXPIRED');

-- CreateTable
CREATE TABLE "booking" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "booker_id" UUID NOT NULL,
    "status" "BookingStatus" NOT NULL DEFAULT 'HELD',
    "quantity" INTEGER NOT NULL,
    "total_price" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "booking_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "booking_quantity" CHECK ("quantity" > 0),
    CONSTRAINT "booking_total_price" CHECK ("total_price" >= 0),
    CONSTRAINT "booking_currency" CHECK ("currency" ~ '^[A-Z]{3}$'),
    CONSTRAINT "booking_held_until" CHECK (("status" = 'HELD') = ("held_until" IS NOT NULL))
);

-- CreateIndex
CREATE INDEX "booking_of_booker" ON "booking"("booker_id", "id" DESC);

-- CreateIndex
CREATE INDEX "booking_of_event" ON "booking"("event_id", "status");

-- CreateIndex
CREATE INDEX "booking_held_until" ON "booking"("held_until");
